package org.holdfast.agent.internal.keys;

/**
 * How hard a passphrase is to guess, roughly: the size of the alphabet its characters come from, raised to the number
 * of characters that surprise. A character does not surprise when it continues a run ({@code abcd}, {@code 4444}, or a
 * row of the keyboard) or when it repeats what stood there one period earlier ({@code passpasspass}). An upper bound,
 * for people: words count as random letters.
 *
 * @param bits estimated bits
 * @param level what to show
 */
public record Strength(int bits, Level level) {
    private static final String KEYBOARD = "qwertyuiop asdfghjkl zxcvbnm 1234567890";
    private static final int FAIR_BITS = 60;
    private static final int GOOD_BITS = 80;
    private static final int EXCELLENT_BITS = 120;

    /** Levels a person understands. */
    public enum Level {
        /** Could be guessed. */
        WEAK,
        /** Long enough, with little in it. */
        FAIR,
        /** Good. */
        GOOD,
        /** Beyond guessing. */
        EXCELLENT
    }

    /** Estimates a passphrase. */
    public static Strength of(char[] passphrase) {
        int surprising = Math.min(withoutRuns(passphrase), withoutPeriods(passphrase));
        int bits = (int) (surprising * Math.log(alphabet(passphrase)) / Math.log(2));
        Level level = bits < FAIR_BITS ? Level.WEAK
                : bits < GOOD_BITS ? Level.FAIR
                        : bits < EXCELLENT_BITS ? Level.GOOD : Level.EXCELLENT;
        return new Strength(bits, level);
    }

    private static int alphabet(char[] text) {
        boolean lower = false;
        boolean upper = false;
        boolean digit = false;
        boolean sign = false;
        boolean other = false;
        for (char c : text) {
            lower |= c >= 'a' && c <= 'z';
            upper |= c >= 'A' && c <= 'Z';
            digit |= c >= '0' && c <= '9';
            sign |= c < 0x80 && !Character.isLetterOrDigit(c);
            other |= c >= 0x80;
        }
        return Math.max(2, (lower ? 26 : 0) + (upper ? 26 : 0) + (digit ? 10 : 0) + (sign ? 20 : 0)
                + (other ? 100 : 0));
    }

    private static int withoutRuns(char[] text) {
        int count = 0;
        for (int i = 0; i < text.length; i++) {
            if (i == 0 || !continues(text[i - 1], text[i])) {
                count++;
            }
        }
        return count;
    }

    private static boolean continues(char before, char now) {
        int step = now - before;
        if (step >= -1 && step <= 1) {
            return true;
        }
        int a = KEYBOARD.indexOf(Character.toLowerCase(before));
        int b = KEYBOARD.indexOf(Character.toLowerCase(now));
        return a >= 0 && b >= 0 && Math.abs(a - b) == 1;
    }

    private static int withoutPeriods(char[] text) {
        int least = text.length;
        for (int period = 1; period <= text.length / 2; period++) {
            int count = period;
            for (int i = period; i < text.length; i++) {
                if (text[i] != text[i - period]) {
                    count++;
                }
            }
            least = Math.min(least, count);
        }
        return least;
    }
}
