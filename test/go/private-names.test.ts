import { expect, it } from 'vitest';
import { haveOneOwner, looksPrivate } from '../../src/go/private-names.ts';

it.each([
  'git.corp.example.com/team/lib',
  'gitlab.company.cn/group/project',
  'code.byted.org/x/y',
  'github.company.com/a/b',
  'nas.local/lib',
  'lib.internal',
  'go.intranet.company.com/x',
  'git.company.com.invalid/x',
  '192.168.1.10/x',
  '10.0.0.5:8080',
  '[::1]:80',
  'localhost',
  'localhost:3000',
  'goproxy.company.com:8081',
  'Git.Corp.Example.com',
])('%s looks private', name => expect(looksPrivate(name)).toBe(true));

it.each([
  'github.com/gin-gonic/gin',
  'golang.org/x/text',
  'gitlab.com/group/project',
  'gitee.com/a/b',
  'git.sr.ht/~user/x',
  'codeberg.org/x/y',
  'gopkg.in/yaml.v3',
  'rsc.io/quote',
  'k8s.io/api',
  'go.uber.org/zap',
  'code.gitea.io/sdk',
  'goproxy.cn',
  'mirrors.aliyun.com',
  'example.com/mod',
])('%s does not', name => expect(looksPrivate(name)).toBe(false));

it.each([
  ['git.company.com', 'goproxy.company.com:8443', true],
  ['git.company.com.cn', 'goproxy.company.com.cn', true],
  ['git.company.com.cn', 'goproxy.other.com.cn', false],
  ['git.company.com', 'goproxy.cn', false],
])('%s and %s have one owner: %s', (host, other, one) => expect(haveOneOwner(host, other)).toBe(one));
