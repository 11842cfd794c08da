/** First path elements of Go's standard library, 1.26, with names that programs cannot import left in (`cmd`). */
const roots = new Set(
  'archive bufio builtin bytes cmd cmp compress container context crypto database debug embed encoding errors expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime simd slices sort strconv strings structs sync syscall testing text time unicode unique unsafe weak'.split(
    ' ',
  ),
);

/** Whether an import path belongs to the standard library, by its first element. */
export function isStandard(path: string): boolean {
  return roots.has(path.split('/')[0]!);
}

/** Packages that every Go has had (doc/go1.4.html): only a broken installation lacks one. */
const everywhere = new Set(
  'archive/tar archive/zip bufio bytes compress/bzip2 compress/flate compress/gzip compress/zlib container/heap container/list container/ring crypto crypto/aes crypto/cipher crypto/ecdsa crypto/hmac crypto/md5 crypto/rand crypto/rsa crypto/sha1 crypto/sha256 crypto/sha512 crypto/tls crypto/x509 database/sql encoding/base64 encoding/binary encoding/csv encoding/gob encoding/hex encoding/json encoding/pem encoding/xml errors expvar flag fmt go/ast go/build go/format go/parser go/token hash hash/crc32 hash/fnv html html/template image image/color image/png io io/ioutil log math math/big math/rand mime mime/multipart net net/http net/http/httptest net/mail net/rpc net/smtp net/textproto net/url os os/exec os/signal os/user path path/filepath reflect regexp runtime runtime/debug runtime/pprof sort strconv strings sync sync/atomic syscall testing text/tabwriter text/template time unicode unicode/utf16 unicode/utf8 unsafe'.split(
    ' ',
  ),
);

/** Whether a package that is not found says that the installation of Go is broken. */
export const isEverywhere = (path: string): boolean => everywhere.has(path);
