/** Requests of people that the vault passes on without being able to read them: questions about files, and restores. */
package org.holdfast.agent.internal.ask;
