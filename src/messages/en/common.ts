export default {
  'error.prefix': 'Error: {message}',
  'error.hint': 'Try: {hint}',
  'error.unexpected': 'Unexpected failure: {detail}',
  'error.unexpected.hint': 'this is a defect of go-mirror; run again with -v and report what it prints',
  'error.usage.hint': 'go-mirror --help',
  'error.bad-number': 'invalid value "{value}" for {option}: a number greater than 0 is needed',
  'error.needs-yes': 'this needs a confirmation, and there is no terminal to ask on',
  'error.needs-yes.hint': 'run it again with --yes, or look at the plan with --dry-run',
  'error.interrupted': 'interrupted',
  'error.go-missing': 'Go is not installed: there is no go command in PATH',
  'error.go-missing.hint':
    'install it from https://golang.google.cn/dl/ (reachable from China), or with your package manager',
  'error.no-home': 'no home folder: neither HOME nor the platform’s configuration folder is set',
  'error.no-home.hint': 'set HOME, or XDG_CONFIG_HOME and XDG_STATE_HOME',
  'prompt.confirm': '{question} [y/N] ',
} as const;
