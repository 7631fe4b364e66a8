/** Making a server a protected one, and giving it up. */
package org.holdfast.agent.internal.register;
