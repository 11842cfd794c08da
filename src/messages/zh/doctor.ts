import type en from '../en/doctor.ts';

export default {} satisfies Record<keyof typeof en, string>;
