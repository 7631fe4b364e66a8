/** What the agent keeps on the protected server: identity, registration, policy, journal. Written crash-safe. */
package org.holdfast.agent.internal.home;
