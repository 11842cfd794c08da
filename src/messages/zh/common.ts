import type en from '../en/common.ts';

export default {
  'error.prefix': '错误：{message}',
  'error.hint': '可以试试：{hint}',
  'error.unexpected': '意外故障：{detail}',
  'error.unexpected.hint': '这是 go-mirror 自身的缺陷；请加 -v 再运行一次，并反馈输出内容',
  'error.usage.hint': 'go-mirror --help',
  'error.bad-number': '{option} 的值“{value}”无效：需要大于 0 的数字',
  'error.needs-yes': '此操作需要确认，但没有可供询问的终端',
  'error.needs-yes.hint': '加 --yes 再运行一次，或用 --dry-run 先看计划',
  'error.interrupted': '已中断',
  'error.go-missing': '未安装 Go：PATH 中没有 go 命令',
  'error.go-missing.hint': '从 https://golang.google.cn/dl/ 安装（国内可访问），或使用系统的包管理器',
  'error.no-home': '没有主目录：HOME 和系统的配置目录都未设置',
  'error.no-home.hint': '请设置 HOME，或 XDG_CONFIG_HOME 与 XDG_STATE_HOME',
  'prompt.confirm': '{question} [y/N] ',
} satisfies Record<keyof typeof en, string>;
