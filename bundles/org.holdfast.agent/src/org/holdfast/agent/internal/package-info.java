/** The inner parts of the agent. */
package org.holdfast.agent.internal;
