package org.holdfast.agent.internal.home;

import java.time.Instant;

/**
 * The stable identity of the installed system.
 *
 * @param machineId random, made once; renaming the server or changing its addresses does not change it
 * @param created when it was made
 * @param hints what the machine looked like then, or when somebody last said that it is still the same
 */
public record MachineFile(String machineId, Instant created, MachineHints hints) {
}
