import type en from '../en/go.ts';

export default {} satisfies Record<keyof typeof en, string>;
