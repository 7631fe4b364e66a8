/** How the agent reaches its vault. */
package org.holdfast.agent.internal.link;
