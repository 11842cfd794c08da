import type en from '../en/probe.ts';

export default {} satisfies Record<keyof typeof en, string>;
