import type { RefusalRule } from './rule.ts';

/** Why a mirror, its storage, or what answers in its place forbids a file: 401, 403 and the like. What is graver comes first. */
export const forbidden: readonly RefusalRule[] = [
  {
    reason: 'malware',
    says: /\b(?:malicious|malware|trojan|backdoor(?:ed)?|spyware|ransomware|virus(?:es)?|infected|compromised|typosquat\w*|supply[- ]chain attack|known to be harmful|stealer|exfiltrat\w+|key-?logger|crypto-?miner|rootkit|botnet|protestware|harmful (?:package|module|code|version))\b|\bMAL-\d{4}-\d+|\b(?:disabled|blocked) by the go security team\b|恶意|病毒|木马/i,
    source: 'JFrog Curation and Sonatype Firewall conditions; OSV ids of malicious packages (MAL-), 2025',
  },
  {
    reason: 'malware',
    says: /\b(?:module|package|version|component)\b.{0,80}\bblocked for security reasons|^\s*blocked for security reasons/i,
    source: 'the official proxy blocks modules with 403 for security reasons only (golang/go#80655, 2026-08)',
  },
  { reason: 'credentials', status: [401], source: 'RFC 9110, 15.5.2' },
  {
    reason: 'link-expired',
    by: ['storage'],
    says: /expired|\bsigned (?:expiry|start) time\b|signature did not match|server failed to authenticate the request|not valid in the specified time ?frame|RequestTimeTooSkewed|SignatureDoesNotMatch|signature (?:we calculated )?does not match|invalid according to policy: policy expired|token out of date/i,
    source: 'error codes of Amazon S3, Alibaba OSS, Google Cloud Storage, Azure Blob, Tencent COS, Qiniu Kodo, 2025',
  },
  {
    reason: 'link-expired',
    says: /\b(?:signed (?:url|link|address)|presigned\w*|signature|download link|link|url)\b.{0,30}\bexpired|\bsignature not valid in the specified time|\bexpired (?:signature|link|url|signed|timestamp)|\brequest has expired|\bX-Amz-\w+|\bpolicy (?:has |is )?expired|\b(?:url|link|signature)\b.{0,30}\bno longer valid\b|\btoken out of date\b|签名(?:已)?(?:过期|失效)|链接(?:已)?(?:过期|失效)/i,
    source: 'wording of content networks with signed addresses, 2025',
  },
  {
    reason: 'link-expired',
    header: ['x-tengine-error', /denied by req auth|expired/i],
    source: 'Alibaba CDN, URL signing: X-Tengine-Error, 2025',
  },
  {
    reason: 'client',
    by: ['storage'],
    says: /\breferr?er\b/i,
    source: 'Alibaba OSS: You are denied by bucket referer policy, 2025',
  },
  {
    reason: 'client',
    header: ['cf-mitigated', /challenge/i],
    source: 'Cloudflare challenge pages: cf-mitigated, 2025',
  },
  {
    reason: 'region',
    says: /^\s*error code: 100[6789]\s*$/i,
    source: 'Cloudflare errors 1006 to 1009 as plain text, which is all that go shows of them',
  },
  {
    reason: 'rate',
    says: /^\s*error code: 1015\s*$/i,
    source: 'Cloudflare error 1015 as plain text',
  },
  {
    reason: 'client',
    says: /^\s*error code: 10(?:10|20)\s*$/i,
    source: 'Cloudflare errors 1010 and 1020 as plain text',
  },
  {
    reason: 'region',
    by: ['cloudflare'],
    says: /\berror (?:code: )?100[6789]\b|banned the (?:country|region)|banned your IP/i,
    source: 'Cloudflare errors 1006 to 1009',
  },
  {
    reason: 'rate',
    by: ['cloudflare'],
    says: /\berror (?:code: )?1015\b|being rate limited/i,
    source: 'Cloudflare error 1015',
  },
  {
    reason: 'client',
    by: ['cloudflare'],
    says: /\berror (?:code: )?10(?:10|20)\b|security service to protect itself|attention required|just a moment|enable javascript/i,
    source: 'Cloudflare errors 1010 and 1020, block and challenge pages',
  },
  {
    reason: 'client',
    says: /^\s*the request is blocked\b|\bincapsula\b|\bsucuri\b|\brequested url was rejected\b|\bweb application firewall\b|\bWAF\b|由于您访问的URL有可能对网站造成安全威胁|疑似.{0,4}攻击|(?:攻击|非法|恶意)(?:行为|请求)/i,
    source:
      'web application firewalls before the mirror itself: Azure Front Door, Imperva, Sucuri, F5, Alibaba Cloud, Huawei Cloud (418), 2026',
  },
  { reason: 'web-filter', by: ['gateway'], source: 'gateways that name themselves' },
  {
    reason: 'web-filter',
    says: /\b(?:zscaler|fortigate|fortiguard|fortinet|websense|forcepoint|blue ?coat|proxysg|netskope|cisco umbrella|opendns|palo alto networks|sonicwall|watchguard|barracuda|sophos|skyhigh|mcafee web gateway|iboss|menlo security|usercheck|sangfor)\b|\bsquid\/\d|\bERR_(?:ACCESS_DENIED|CACHE_ACCESS_DENIED|CANNOT_FORWARD|BLOCKED_FILES|ACL_TIME_QUOTA_EXCEEDED)\b|深信服|\b(?:organi[sz]ation|company|administrator) has (?:chosen|decided) to block\b|\b(?:web ?site|web ?page|site|page|url|internet) (?:is |has been |was )?(?:blocked|filtered|restricted|denied)|\b(?:web|url|content)[- ]filter|\burl categor|\bcategory\b.{0,60}\b(?:blocked|not allowed|denied)|\b(?:blocked|denied|restricted) by (?:your |the )?(?:it|network|system|web|internet|proxy|company)\b|\b(?:this|the) (?:web ?)?site\b.{0,80}\b(?:categori[sz]ed|not (?:available|allowed|permitted|accessible))\b|\bguest (?:network|wi-?fi|access)\b|\bhotspot\b|\bacceptable use\b|\binternet (?:usage|access|use) policy|\bcaptive portal|\b(?:corporate|company|perimeter|web|network) (?:firewall|proxy|gateway)\b|\bnot allowed to (?:browse|visit|access) (?:this|the) (?:site|web ?site|page|url|categor)|\baccess control configuration prevents\b|(?:网页|防火墙).{0,12}拦截|网站.{0,12}(?:阻止|拦截|禁止|屏蔽)|(?:访问|上网).{0,12}(?:被阻断|被拦截|认证)|上网(?:行为|认证)/i,
    source: 'block pages of web gateways, and the same as plain text, 2026',
  },
  {
    reason: 'credentials',
    says: /\bpermission ['"][^'"]+['"] denied|\bnot authorized to perform\b|identity-based polic|\binsufficient[_ ](?:scope|permission|privilege)|\bbad credentials\b|\bunauthenticated requests?\b|\bInvalidAccessKeyId\b|\byou need the \w+ permission\b|\brequires? authentication\b|\bauthentication (?:is )?(?:required|failed)|\bRBAC\b/i,
    source: 'Google Artifact Registry, AWS IAM, GitHub, Sonatype Nexus, Envoy and Istio (RBAC: access denied), 2026',
  },
  { reason: 'credentials', header: ['www-authenticate', /./], source: 'RFC 9110, 11.6.1' },
  {
    reason: 'credentials',
    by: ['gitlab'],
    says: /\b(?:account|password|token|user|scopes?|terms)\b/i,
    source: 'GitLab API: 403 Forbidden - Your account has been blocked, 2026-11',
  },
  {
    reason: 'rate',
    says: /\btoo many requests|\brate[- ]?limit|\bthrottl|\bquota\b|\bexcessive\b|\babus(?:e|ive)\b|\b(?:request|download|transfer) limit|\blimit (?:has been )?(?:exceeded|reached)|\bexceed(?:ed|s|ing)\b.{0,40}\blimit|\bslow ?down\b|\bconcurrent (?:download|request|connection)s?\b|\b(?:allowance|budget|credits?|volume|plan|transfer|traffic)\b.{0,40}\b(?:used up|exhausted|consumed|depleted)\b|(?:请求|访问).{0,6}(?:频繁|过多)|限流|频率/i,
    source: 'GitHub secondary limits, Maven Central, JFrog and Cloudsmith plans, 2025',
  },
  {
    reason: 'region',
    says: /\bgeo\/?ip\b|\bcustomers of our network\b|所在(?:的)?(?:地区|国家)|\bsanction|\bembargo(?!\w* (?:\w+ ){0,3}(?:until|for \d|period|expires|ends)\b)|\bexport (?:control|restriction|regulation|law)|\btrade controls?\b|\bonly (?:accessible|available|reachable) (?:from|within|via|on)\b.{0,40}\b(?:network|vpn|office|intranet)\b|\bOFAC\b|\b(?:your|this|restricted|certain) (?:country|region|location|territor)|\bcountr(?:y|ies) or region|\bgeo-?(?:block|restrict|fenc|graphic|locat)|\bVPC Service Controls|vpcServiceControls|\bnetwork perimeter|\bip (?:address(?:es)? )?(?:[\da-f.:]{3,} )?(?:(?:is|are|was|has been) )?(?:not (?:in the |on the |an? )?(?:allow|permit|authori[sz]ed|white)|blocked|denied|banned|restricted|forbidden)|\bip[- ](?:allow|white|block|black)[- ]?list|\byour (?:current |public )?ip\b|\bCIDR\b|\bAS\d{2,6}\b|\bfrom your network\b|\b(?:ip|address|network) ranges?\b|\bsource (?:ip|address|network)\b|\bprivate endpoint\b|\b(?:from )?outside (?:of )?(?:the |our |your )?(?:EU|EEA|US|country|region|network|vpn|perimeter|office)\b|\bclient does not have permission to get url|(?:国家|地区|区域).{0,10}(?:限制|不可用|禁止|不支持)|(?:不在|未加入).{0,6}白名单|IP.{0,10}(?:白名单|限制|禁止|封禁)/i,
    source: 'Google front ends, Google VPC Service Controls, JFrog and GitHub address lists, 2026',
  },
  {
    reason: 'policy',
    by: ['nexus'],
    says: /quarantin/i,
    source: 'Sonatype Repository Firewall: REQUESTED ITEM IS QUARANTINED, 2025',
  },
  {
    reason: 'policy',
    by: ['artifactory'],
    says: /\bblocked\b|\bblocking\b|\bcuration\b|\bxray\b|\brejected\b|\bpattern/i,
    source:
      'JFrog Xray "download blocking policy" (sobolevn/git-secret#801, 2022-03), JFrog Curation, include and exclude patterns',
  },
  {
    reason: 'policy',
    says: /\bpolic(?:y|ies)\b|\bcuration\b|\bquarantin|\blicen[cs](?:e|ing)\b|\bunscanned\b|\bnot (?:yet )?(?:been )?scanned|\bawaiting\b|\bpending (?:review|approval|scan)|\b(?:not|un)[- ]?(?:yet )?approved|\bapproval\b|\b(?:allow|white|block|black|deny)[- ]?list|\bnot (?:on|in|part of) (?:the |our |an? |any )?(?:\w+ ){0,3}(?:list|catalog(?:ue)?|inventory)\b|\bembargo|\bunder (?:review|investigation|analysis)\b|\bwithheld\b|\b(?:rejected|vetoed|disallowed) by\b|\b(?:hook|validat(?:or|ion)|admission|gate)\b.{0,40}\b(?:rejected|denied|refused)\b|\brouting rules? block|\bheld for review\b|\bscan in progress\b|\bpending \w+ (?:review|approval|scan)\b|\b(?:excluded|filtered) by\b|\bby the (?:module )?filter\b|\bblocked by\b|\b(?:is|was|has been) blocked\b|\bvulnerab|\bCVE-\d|\bCVSS\b|\bimmature\b|\btoo (?:new|young|recent)\b|\bmin(?:imum)?[- ](?:release[- ]|package[- ])?age|\bcool-?down|\b(?:\d{1,4} ?[dhw]|days|hours|weeks) old\b|\b(?:rejected|failed)\b.{0,40}\b(?:review|analysis|scan)\b|\bcompliance\b|\bnot (?:allowed|permitted) by\b|\b(?:module|version|package)\b.{0,80}\bis not (?:allowed|permitted)\b|\bprohibited\b|\bgovernance\b|\bscorecard\b|\bsign-?off\b|\bwaiver\b|\bthreshold\b|\b(?:trust|risk|reputation|health|quality|maintenance)\b.{0,12}\bscore\b|\bsecurity team\b|\b(?:abandoned|unmaintained|end[- ]of[- ]life|deprecated) (?:module|package|version)s?\b|审批|许可证|策略|黑名单|白名单|隔离|合规/i,
    source:
      'JFrog Curation, Sonatype Firewall, Cloudsmith, Nora, Athens validation hooks, Chainguard Libraries (withheld, scan pending), GitLab Dependency Firewall, Phylum (424), 2026-11',
  },
  // A rule about the module, as its dependency firewall has them, was told before.
  { reason: 'credentials', by: ['gitlab'], source: 'GitLab API: 401 Unauthorized, 403 Forbidden as message' },
  {
    reason: 'client',
    says: /\bgo-http-client\b|\bHTTP\/1\.[01] is not supported|\buse HTTP\/2\b|\buser[- ]?agent|\breferr?er\b|\bbrowser\b|\bjavascript\b|\bcaptcha\b|\bchallenge\b|\bhuman\b|\bbots?\b|\bautomated (?:access|client|traffic|request|download)|\bmethod (?:is )?not (?:allowed|supported)|\bhttp\/?1\.0|\bhttp version\b|\bmod_security\b|\bupgrade required|\bunsupported client|\b(?:client|go) version\b.{0,60}\b(?:not supported|unsupported|too old|upgrade)|\bno longer supported\b|验证码|浏览器/i,
    source: 'block pages of web application firewalls, 2025',
  },
  {
    reason: 'credentials',
    says: /\bun-?authori[sz]ed|\bnot authori[sz]ed|\bunauthenticated|\bnot (?:logged|signed) in|\b(?:log|sign)[ -]?(?:in|on)\b|\bcredential|\b(?:invalid|expired|missing|revoked|wrong|incorrect|no) (?:access |api |auth(?:orization|entication)? |personal )*(?:token|key|password|user)|\btoken\b.{0,30}\b(?:expired|revoked|invalid|required|missing)|\b(?:do(?:es)? not|don't|doesn't) have (?:the |any |read |sufficient |enough |required |necessary )*(?:permission|access|privilege|right)|\bno (?:read )?(?:permission|access)\b|\bno right to (?:access|read|download)\b|\b(?:lack(?:s|ing)?|missing|needs?|requires?|without) (?:the |a |any )?(?:\w+ )?(?:privilege|permission|role|scope|entitlement|claim|licen[cs]e seat)s?\b|\bre-?authenticat|\bscopes?\b|\bsession\b.{0,20}\b(?:expired|timed out|invalid)\b|\b(?:JWT|PAT|OIDC|LDAP|SAML)\b|\b(?:account|user)\b.{0,30}\b(?:locked|disabled|suspended|deactivated)\b|\bpermissions?[_ ]denied|\bnot (?:allowed|permitted) to (?:access|read|download|pull)\b|\banonymous\b|\baccess (?:is )?forbidden for user|\brequested access to the resource is denied\b|未授权|未登录|无权|没有权限|请登录|认证失败|鉴权失败|权限不足|(?:用户名|密码|账号|令牌|凭证|凭据|token).{0,8}(?:错误|无效|不正确|过期|失效|不存在)/i,
    source:
      'Sonatype Nexus, JFrog Artifactory, Athens, ProGet, Gitea, Cloudsmith, Harbor, Alibaba OSS; tokens of OIDC, 2026-11',
  },
  {
    reason: 'policy',
    says: /\b(?:packages?|modules?|artifacts?|components?|dependenc(?:y|ies)|releases?)\b(?![- ](?:registr|repositor|prox|manager|index|feed|store|cache|server|service))|\b(?:this|that|requested) version\b|\b(?:by|breaks|violates|matches|under) (?:the |a )?rule\b|\brule id\b/i,
    weak: true,
    source:
      'whoever says no and speaks of the module itself has a rule about it; last of all, as the other reasons are told otherwise, 2026-11',
  },
  { reason: 'client', status: [405, 406, 426], source: 'RFC 9110, 15.5.6, 15.5.7, 15.5.22' },
  { reason: 'region', status: [451], source: 'RFC 7725' },
];
