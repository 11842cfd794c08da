package actions

import (
	"fmt"
	"net/http"
	"time"

	"github.com/gomods/athens/pkg/config"
	"github.com/gomods/athens/pkg/storage"
	"github.com/gomods/athens/pkg/storage/fs"
	"github.com/spf13/afero"
)

// GetStorage knows the disk alone.
func GetStorage(kind string, c *config.Storage, _ time.Duration, _ *http.Client) (storage.Backend, error) {
	if kind != "disk" {
		return nil, fmt.Errorf("storage type %s is not built in", kind)
	}
	return fs.NewStorage(c.Disk.RootPath, afero.NewOsFs())
}
