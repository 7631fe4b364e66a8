/** The way to hosts: SSH with Apache MINA SSHD, and commands as root there. */
@NonNullByDefault
package org.holdfast.agent.install.internal.ssh;

import org.eclipse.jdt.annotation.NonNullByDefault;
