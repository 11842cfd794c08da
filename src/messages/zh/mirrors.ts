import type en from '../en/mirrors.ts';

export default {
  'mirrors.own-operator': '自己',
  'mirrors.unknown': '没有名为“{name}”的镜像',
  'mirrors.unknown.hint': 'go-mirror ls，或直接给出 URL：https://…',
  'mirrors.unknown.did-you-mean': '没有名为“{name}”的镜像。是不是“{suggestion}”？',
  'mirrors.unknown.did-you-mean.hint': '用 go-mirror ls 查看全部镜像',
  'mirrors.never-existed': '{name} 没有 Go 模块代理，请改用 {instead}（{operator}：{reason}）',
  'mirrors.never-existed.hint': 'go-mirror use {instead}',
  'mirrors.retired': '{name} 已不再是 Go 模块代理，请改用 {instead}（{operator}：{reason}）',
  'mirrors.retired.hint': 'go-mirror use {instead}；若确知仍可用，请直接给出 URL：{url}',
  'mirrors.template': '{name} 是一类服务器，不是地址：您的地址形如 {template}',
  'mirrors.template.hint': 'go-mirror add corp {template}，然后 go-mirror use corp',
  'mirrors.no-address': '不知道“{name}”的地址：它取自 go 命令，而 go 命令不存在或没有给出地址',
  'mirrors.no-address.hint': '请安装 Go，或选择其他镜像：go-mirror ls',
  'mirrors.bad-catalogue': '镜像目录文件 {file} 无法使用，位置 {place}：{detail}',
  'mirrors.bad-catalogue.hint': '请修正该文件，或去掉 --catalogue',
  'mirrors.bad-own-file': '无法读取您添加的镜像：{file}，位置 {place}：{detail}',
  'mirrors.bad-own-file.hint': '请修正或移走该文件；go-mirror 不会改动它',
} satisfies Record<keyof typeof en, string>;
