/** Checks whether the agent could do its work: rights, room, clock, network, vault. */
package org.holdfast.agent.internal.check;
