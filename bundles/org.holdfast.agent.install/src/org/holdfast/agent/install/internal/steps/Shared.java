package org.holdfast.agent.install.internal.steps;

import java.time.Clock;
import java.util.function.BooleanSupplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.InstallPlan;
import org.holdfast.agent.install.PassphraseKeeper;
import org.holdfast.agent.install.VaultSide;
import org.holdfast.agent.install.internal.ssh.SshHosts;
import org.holdfast.protocol.people.CredentialsFile;

/**
 * What the work on all hosts has in common.
 *
 * @param plan what is to happen
 * @param credentials of the plan
 * @param ssh the way
 * @param keeper of passphrases
 * @param vault as somebody sees it who is signed in, or null
 * @param clock of this computer
 * @param stopped whether somebody wants it to end
 */
public record Shared(InstallPlan plan, CredentialsFile credentials, SshHosts ssh, PassphraseKeeper keeper,
        @Nullable VaultSide vault, Clock clock, BooleanSupplier stopped) {
}
