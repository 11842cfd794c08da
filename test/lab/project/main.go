// Command project uses what a service of middle size uses, so that its go.mod looks like one.
package main

import (
	_ "github.com/BurntSushi/toml"
	_ "github.com/Masterminds/sprig/v3"
	_ "github.com/charmbracelet/bubbletea"
	_ "github.com/charmbracelet/lipgloss"
	_ "github.com/docker/go-connections/nat"
	_ "github.com/go-chi/chi/v5"
	_ "github.com/go-redis/redis/v8"
	_ "github.com/go-resty/resty/v2"
	_ "github.com/golang-jwt/jwt/v5"
	_ "github.com/gorilla/websocket"
	_ "github.com/hashicorp/go-retryablehttp"
	_ "github.com/hashicorp/golang-lru/v2"
	_ "github.com/hashicorp/hcl/v2"
	_ "github.com/jackc/pgx/v5"
	_ "github.com/jedib0t/go-pretty/v6/table"
	_ "github.com/labstack/echo/v4"
	_ "github.com/robfig/cron/v3"
	_ "github.com/rs/zerolog"
	_ "github.com/sirupsen/logrus"
	_ "github.com/spf13/cobra"
	_ "github.com/spf13/viper"
	_ "github.com/stretchr/testify/require"
	_ "github.com/tidwall/gjson"
	_ "go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	_ "go.uber.org/zap"
	_ "google.golang.org/grpc"
	_ "gorm.io/gorm"
	_ "rsc.io/quote"
)

func main() {}
