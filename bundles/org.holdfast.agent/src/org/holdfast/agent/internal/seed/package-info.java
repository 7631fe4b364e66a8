/** First backups that are carried to the vault on a disk. */
package org.holdfast.agent.internal.seed;
