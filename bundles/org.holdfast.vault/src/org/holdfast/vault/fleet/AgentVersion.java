package org.holdfast.vault.fleet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first three numbers of a version; an unknown version is older than none. */
record AgentVersion(int major, int minor, int micro) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?.*", Pattern.DOTALL);
    private static final AgentVersion UNKNOWN = new AgentVersion(Integer.MAX_VALUE, 0, 0);

    static AgentVersion of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return UNKNOWN;
        }
        String micro = matcher.group(3);
        return new AgentVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
                micro == null ? 0 : Integer.parseInt(micro));
    }

    boolean isOlderThan(AgentVersion other) {
        if (other.equals(UNKNOWN)) {
            return false;
        }
        return major != other.major ? major < other.major
                : minor != other.minor ? minor < other.minor : micro < other.micro;
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + micro;
    }
}
