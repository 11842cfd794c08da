import { expect, it } from 'vitest';
import { looksPrivate } from '../../src/go/private-names.ts';

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
