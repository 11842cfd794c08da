import type en from '../en/changes.ts';

export default {} satisfies Record<keyof typeof en, string>;
