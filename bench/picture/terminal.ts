import stringWidth from 'string-width';

const colours: Record<number, string> = {
  31: '#ff7b72',
  32: '#56d364',
  33: '#e3b341',
  34: '#79c0ff',
  36: '#56d4dd',
  90: '#8b949e',
};

/** A terminal's text with its colours, as a page: every letter in as many cells of the grid as a terminal gives it. */
export function terminal(text: string): string {
  const escaped = text.replace(/[&<>]/g, char => `&#${char.charCodeAt(0)};`);
  const onGrid = escaped.replace(/[^\0-\x7f]/gu, char => `<i style="width:${stringWidth(char)}ch">${char}</i>`);
  const coloured = onGrid.replace(/\u001b\[(\d+)m/g, (_, code: string) => tagOf(Number(code)));
  return `<style>pre{margin:0;padding:20px 24px;display:inline-block;background:#0d1117;color:#e6edf3;border-radius:8px;
font:15px/1.5 "DejaVu Sans Mono","WenQuanYi Micro Hei Mono",monospace}
i{display:inline-block;font-style:normal;text-align:center;line-height:1}</style><pre>${coloured}</pre>`;
}

function tagOf(code: number): string {
  if (colours[code]) return `<span style="color:${colours[code]}">`;
  if (code === 1) return '<span style="font-weight:bold">';
  if (code === 2) return '<span style="opacity:.65">';
  return '</span>';
}
