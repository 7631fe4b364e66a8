/**
 * How the agent gets onto a server and off again: packages with a Java runtime of their own, installation, upgrade with
 * roll-back, removal.
 */
package org.holdfast.agent.install;
