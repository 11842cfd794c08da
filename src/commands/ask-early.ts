/** For commands that ask go first of all: it answers while the rest of the command is loaded. */
export { beginGoFacts as askEarly } from '../go/facts.ts';
