/** The agent's command line. */
package org.holdfast.agent.internal.program;
