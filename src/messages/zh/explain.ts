import type en from '../en/explain.ts';

export default {} satisfies Record<keyof typeof en, string>;
