/** Commands about subscriptions of Azure: a vault's place, and Recovery Services vaults. */
package org.holdfast.cli.internal.azure;
