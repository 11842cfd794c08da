import type en from '../en/relay.ts';

export default {} satisfies Record<keyof typeof en, string>;
