/** How commands on the server talk to the running agent: a socket in its folder. */
package org.holdfast.agent.internal.control;
