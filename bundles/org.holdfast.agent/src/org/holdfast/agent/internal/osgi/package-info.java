/** The agent inside a framework. */
package org.holdfast.agent.internal.osgi;
