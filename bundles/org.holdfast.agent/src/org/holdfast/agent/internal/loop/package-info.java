/** The conversation with the vault: polling, policies, commands, reports. */
package org.holdfast.agent.internal.loop;
