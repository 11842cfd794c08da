import type { RefusalRule } from './rule.ts';

/** Why a mirror says that it does not have a file: 404, 410. */
export const absent: readonly RefusalRule[] = [
  {
    reason: 'private',
    says: /could not read (?:username|password)|terminal prompts disabled|permission denied \(publickey|authentication failed|could not read from remote repository|host key verification failed|\b(?:fatal|remote|ERROR): repository\b.{0,20}\bnot found|\bis (?:a )?private\b|\bprivate (?:module|repository) (?:is |are )?not/i,
    source: 'git, relayed by goproxy, Athens and the official proxy, 2025',
  },
  { reason: 'credentials', by: ['gitlab'], source: 'GitLab answers 404 to who may not see a project' },
  { reason: 'credentials', header: ['www-authenticate', /./], source: 'RFC 9110, 11.6.1' },
  {
    reason: 'disabled',
    says: /GOPROXY=off|\bair-?gapped\b|\b(?:cache|cached)[- ]only\b|\buncached\b|\b(?:is|are) not fetched\b|\b(?:does|do|will) not fetch\b|\bnever fetch\w*|\bno upstream\b|\b(?:switched|turned) off\b|\b(?:outbound|external|remote) (?:access|fetch\w*|lookups?) (?:is |are )?(?:off|disabled|blocked)\b|module lookup disabled|\boffline\b|\bblacked out\b|\bread[- ]?only\b|\bexcluded?\b|\bnot included\b|\binclude\W.{0,20}pattern|\bpattern settings\b|\bfilter(?:ed)?\b|\b(?:fetch\w*|download\w*|proxying|lookup) (?:is |are )?(?:disabled|not (?:enabled|allowed|supported))|\bdisabled\b|\bdownload ?mode(?: is| set to| is set to)?\W{0,3}none|\bnot in (?:the )?storage\b|离线|只读|已禁用/i,
    source: 'goproxy with GOPROXY=off, Athens download mode and filter, Artifactory offline and patterns, 2025',
  },
  {
    reason: 'wrong-address',
    says: /^\s*404 page not found\s*$|\brepositor(?:y|ies)\b.{0,80}\b(?:not found|does not exist|doesn't exist|unknown)|\b(?:no such|unknown|invalid|could not find|cannot find|(?:failed|unable) to find) repositor|\bno route (?:matched|for|found)\b|\bdefault backend\b|\bcannot (?:get|head)\b|\bwhitelabel error|\brequested url\b.{0,200}\bwas not found on this server|\binvalid goproxy path|\b(?:unknown|no such|invalid|wrong|incorrect|unsupported) (?:endpoint|path|route|context)\b|\bdid you mean\b|\b(?:client|requests?|you) must (?:use|go|start)\b|\bno handler|\bnothing (?:is )?(?:mounted|served|configured|here)\b|\bnot a (?:valid )?(?:go )?module (?:proxy|path)|\b(?:feed|endpoint)\b.{0,60}\b(?:not found|does not exist|doesn't exist|unknown)\b|\bno (?:such )?(?:feed|endpoint)\b|\bno context path|\bNoSuchBucket\b|specified bucket does not exist/i,
    source: 'net/http, Apache, Express, Spring, Kong, Kubernetes ingress, Nexus, Artifactory, ProGet, 2026-11',
  },
  {
    reason: 'withdrawn',
    says: /\b(?:module|version|package) removed\b|\bremoved (?:because|due to|for|by|from)\b|\b(?:has|have|was|were|been) (?:\w+ ){0,3}(?:removed|withdrawn|deleted|purged|taken down|yanked|unpublished)|\b(?:yanked|unpublished) (?:by|on|for|at)\b|\bno longer (?:available|distributed|published|offered)\b|\btaken down\b|\bwithdrawn\b|\bDMCA\b|已(?:被)?(?:删除|下架|移除)/i,
    source: 'wording of registries, 2025',
  },
  {
    reason: 'not-yet',
    says: /\bnegative(?:ly)?[ -]cache|\bcached (?:404|not[ -]found|absence|miss|failure|negative)|\bnot[ -]found \(cached\)|\bretrieval cache\b|\bnot found previously|\bpreviously (?:not found|missing|failed)|\bnot yet\b|\bsync(?:ing|hroni[sz]\w*)|\bin progress\b|\b(?:being|is) (?:fetched|downloaded|indexed|mirrored)|\b(?:try|retry) again (?:later|in)|\bretry (?:later|after)|\bwill be available|\breplicat\w*|\b(?:hours|minutes|days) behind\b|\bnot (?:yet )?(?:finished|completed?|arrived|mirrored|indexed|propagated)\b|\basync\w*\b|\bbackground\b|稍后(?:再试|重试)|正在(?:同步|下载)|尚未/i,
    source: 'Nexus "not found cache", Artifactory retrieval cache, Athens async mode, 2025',
  },
  {
    reason: 'never-existed',
    says: /\bunknown revision|\bno matching versions?|\binvalid (?:pseudo-)?version|\bno (?:such )?(?:tag|version|revision|module)\b|\b(?:version|module|revision|tag|package)\b.{0,120}\b(?:does not|doesn't) exist|\b(?:version|module|revision|tag|package)\b.{0,60}\bnot found|\b(?:version|revision|tag|commit)\b.{0,60}\b(?:is missing|(?:can ?not|could not) be found)\b|\bno go-import meta|\bunrecognized import path|\bcouldn't find remote ref|\bmalformed module path|\bcase[- ](?:mismatch|sensitive)|不存在/i,
    source: 'cmd/go, relayed by goproxy, Athens and the official proxy; Artifactory, 2025',
  },
];
