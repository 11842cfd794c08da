import { afterAll } from 'vitest';
import { cleanUp } from '../lab/cleanup.ts';

// Folders, servers and processes of the lab end with the test file that opened them.
afterAll(cleanUp);
