package org.holdfast.agent.internal.check;

/**
 * Result of one step.
 *
 * @param name stable, lower case with hyphens
 * @param result how it went
 * @param detail what was found; with a failure: the cause
 * @param remedy what to do about it, empty when all is well
 */
public record CheckStep(String name, Result result, String detail, String remedy) {
    /** How a step went. */
    public enum Result {
        /** As it should. */
        OK,
        /** The agent works, but not as it should. */
        WARNING,
        /** The agent cannot work like that. */
        FAILED,
        /** Not tried, because something it needs failed. */
        SKIPPED
    }

    static CheckStep ok(String name, String detail) {
        return new CheckStep(name, Result.OK, detail, "");
    }

    static CheckStep warning(String name, String detail, String remedy) {
        return new CheckStep(name, Result.WARNING, detail, remedy);
    }

    static CheckStep failed(String name, String detail, String remedy) {
        return new CheckStep(name, Result.FAILED, detail, remedy);
    }

    static CheckStep skipped(String name, String why) {
        return new CheckStep(name, Result.SKIPPED, why, "");
    }
}
