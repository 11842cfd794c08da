/** The page's own style: no font, picture or script is fetched. The language is chosen by two radio buttons, without a script. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2128;--dim:#59636e;--line:#d1d9e0;--card:#f6f8fa;--ok:#1a7f37;--warn:#9a6700;--fail:#cf222e;--accent:#0969da;
--dns:#8250df;--tcp:#0969da;--tls:#1b7c83;--ttfb:#bf8700}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9198a1;--line:#3d444d;--card:#151b23;--ok:#3fb950;--warn:#d29922;--fail:#f85149;--accent:#4493f8;
--dns:#ab7df8;--tcp:#4493f8;--tls:#39c5cf;--ttfb:#e3b341}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:1.5rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
body:has(#show-en:checked) span[lang=zh],body:has(#show-zh:checked) span[lang=en]{display:none}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:baseline;justify-content:space-between}
h1{font-size:1.25rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .6rem;padding-top:1rem;border-top:1px solid var(--line)}
.dim,footer{color:var(--dim);font-size:.875rem}
.languages{display:flex;flex-wrap:wrap;gap:.25rem .5rem;align-items:center}
.languages label{display:inline-flex;gap:.35rem;align-items:center;min-height:1.75rem;padding:.15rem .5rem;border-radius:.4rem;cursor:pointer}.languages input{margin:0}
.languages label:has(:checked){background:var(--card);outline:1px solid var(--line)}.languages label:has(:focus-visible){outline:2px solid var(--accent)}
.verdict{margin:1.25rem 0;padding:1rem 1.25rem;border-radius:.6rem;background:var(--card);border-left:.35rem solid var(--ok);font-size:1.1rem}
.verdict.fail{border-color:var(--fail)}.verdict.warn{border-color:var(--warn)}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:.4rem 0 0;padding:.5rem .75rem;background:var(--card);border:1px solid var(--line);border-radius:.4rem;white-space:pre-wrap;font:.875rem/1.5 ui-monospace,Menlo,Consolas,monospace}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--dim);font-weight:500}th code{white-space:nowrap}
ol.findings{list-style:none;margin:0;padding:0}ol.findings>li{padding:.7rem 0;border-bottom:1px solid var(--line)}
.badge{display:inline-block;min-width:3.2rem;padding:0 .5rem;margin-right:.5rem;border-radius:1rem;font-size:.8125rem;text-align:center;color:var(--bg);background:var(--dim)}
.badge.fail,.badge.crash{background:var(--fail)}.badge.warn,.badge.degraded{background:var(--warn)}.badge.pass,.badge.ok{background:var(--ok)}
.route{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.5rem 0}
.hop{padding:.4rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.hop.fail{border-color:var(--fail)}.arrow{color:var(--dim);font-size:.875rem}
.bar{display:grid;grid-template-columns:12rem 1fr 11rem;gap:.35rem .75rem;align-items:center;margin:.35rem 0;font-size:.9375rem}
.bar .track{display:flex;height:1.1rem;background:var(--card);border-radius:.25rem;overflow:hidden}
.bar .track i{display:block;height:100%}.dns{background:var(--dns)}.tcp{background:var(--tcp)}.tls{background:var(--tls)}.ttfb{background:var(--ttfb)}.pull{background:var(--accent)}
.bar .value{text-align:right;white-space:nowrap}.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.5rem 0;font-size:.875rem;color:var(--dim)}
.legend i{display:inline-block;width:.75rem;height:.75rem;border-radius:.15rem;margin-right:.3rem}
.fail-text,.remark.fail{color:var(--fail)}.remark.warn{color:var(--warn)}.remark{font-size:.875rem}.remark.note{color:var(--dim)}details{margin:.6rem 0}summary{cursor:pointer;color:var(--dim)}
@media (max-width:40rem){body{padding:1rem}.bar{grid-template-columns:1fr auto}.bar .track{grid-row:2;grid-column:1/-1}}
@media print{body{max-width:none}.languages{display:none}}
`;
