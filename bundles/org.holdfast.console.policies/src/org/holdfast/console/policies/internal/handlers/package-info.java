/** Handlers of the commands. */
package org.holdfast.console.policies.internal.handlers;
