import type en from '../en/mirrors.ts';

export default {} satisfies Record<keyof typeof en, string>;
