package stash

import (
	"context"
	"errors"
	"time"

	"github.com/gomods/athens/pkg/config"
	"github.com/gomods/athens/pkg/storage"
)

// RedisLogger is named by the caller of WithRedisLock.
type RedisLogger interface {
	Printf(ctx context.Context, format string, v ...any)
}

var errNotBuiltIn = errors.New("of the ways to share a download, only this process's memory is built in")

func WithAzureBlobLock(*config.AzureBlobConfig, time.Duration, storage.Checker) (Wrapper, error) {
	return nil, errNotBuiltIn
}

func WithEtcd([]string, storage.Checker) (Wrapper, error) {
	return nil, errNotBuiltIn
}

func WithGCSLock(int, storage.Backend) (Wrapper, error) {
	return nil, errNotBuiltIn
}

func WithRedisLock(RedisLogger, string, string, bool, storage.Checker, *config.RedisLockConfig) (Wrapper, error) {
	return nil, errNotBuiltIn
}

func WithRedisSentinelLock(
	RedisLogger, []string, string, string, string, string, int, storage.Checker, *config.RedisLockConfig,
) (Wrapper, error) {
	return nil, errNotBuiltIn
}
