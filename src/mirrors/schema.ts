import * as z from 'zod/mini';

// Its words stand in messages; by itself the small zod has none.
z.config(z.locales.en());

/** A sentence: the same in every language, or one for each. */
const sentence = z.union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })]);
const name = z.string().check(z.regex(/^[^\s,|/:@?#]+$/u, 'a name has no spaces and none of , | / : @ ? #'));
const proxyUrl = z.url({ protocol: /^(https?|file)$/ });
const date = z.iso.date();

const entry = z
  .strictObject({
    name,
    aliases: z.optional(z.array(name)),
    url: z.optional(proxyUrl),
    urls: z.optional(z.array(proxyUrl)),
    hosts: z.optional(z.array(z.string().check(z.minLength(1)))),
    template: z.optional(z.string()),
    derived: z.optional(z.enum(['toolchain', 'module-cache'])),
    operator: sentence,
    kind: z.enum(['public', 'private', 'official']),
    status: z.enum(['active', 'degraded', 'retired', 'never-existed']),
    reason: sentence,
    source: z.string().check(z.minLength(1)),
    date,
    sumdb: z.nullable(z.boolean()),
    useInstead: z.optional(name),
  })
  .check(
    z.refine(
      value => value.status === 'never-existed' || Boolean(value.url ?? value.template ?? value.derived),
      'needs a url, unless its status is never-existed',
    ),
  );

/** A catalogue of mirrors: the built-in one, or the file that a user gives. */
export const catalogueSchema = z
  .strictObject({ $schema: z.optional(z.string()), version: z.literal(1), updated: date, mirrors: z.array(entry) })
  .check(
    z.superRefine(({ mirrors }, issues) => {
      const seen = new Set<string>();
      for (const [index, mirror] of mirrors.entries()) {
        for (const known of [mirror.name, ...(mirror.aliases ?? [])].map(text => text.toLowerCase())) {
          if (seen.has(known)) {
            issues.addIssue({ code: 'custom', path: ['mirrors', index], message: `the name ${known} is given twice` });
          }
          seen.add(known);
        }
      }
    }),
  );

/** The user's own mirrors, as `add` saves them. */
export const ownMirrorsSchema = z.strictObject({
  version: z.literal(1),
  mirrors: z.array(
    z.strictObject({
      name,
      url: proxyUrl,
      private: z.optional(z.string()),
      noProxy: z.optional(z.string()),
      gosumdb: z.optional(z.string()),
    }),
  ),
});

export type Catalogue = z.infer<typeof catalogueSchema>;
export type OwnMirrors = z.infer<typeof ownMirrorsSchema>;
