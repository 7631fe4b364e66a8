package org.holdfast.vault.people;

/**
 * Something that was done, or refused.
 *
 * @param actor who: name of an account, {@code server:} and id, or {@link #VAULT}
 * @param origin from which network address, empty for none
 * @param action what: lower case with hyphens, a verb and a thing
 * @param target of what
 * @param vault name of the vault it concerns, empty for none
 * @param result {@link #OK}, or the code of the problem
 * @param details more about it, never a secret
 */
public record AuditEntry(String actor, String origin, String action, String target, String vault, String result,
        String details) {

    /** The vault itself, as an actor. */
    public static final String VAULT = "vault";
    /** The result of what was done. */
    public static final String OK = "ok";

    /** Cuts what is longer than the catalogue takes, and takes characters out that do not print. */
    public AuditEntry {
        actor = fit(actor, 200);
        origin = fit(origin, 100);
        action = fit(action, 100);
        target = fit(target, 400);
        vault = fit(vault, 100);
        result = fit(result, 100);
        details = fit(details, 2000);
    }

    /** Something that was done. */
    public static AuditEntry done(String actor, String origin, String action, String target, String vault,
            String details) {
        return new AuditEntry(actor, origin, action, target, vault, OK, details);
    }

    private static String fit(String text, int most) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most));
        text.codePoints().map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .limit(most).forEach(c -> {
                    if (clean.length() + Character.charCount(c) <= most) {
                        clean.appendCodePoint(c);
                    }
                });
        return clean.toString();
    }
}
