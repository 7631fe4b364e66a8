/** When to run and what to keep: pure functions of an injected clock. */
package org.holdfast.scheduling;
