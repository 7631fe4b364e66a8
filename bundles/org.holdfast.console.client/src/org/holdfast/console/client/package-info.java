/** Handles on vaults for the console: caches, subscriptions, connection states; no widgets. */
package org.holdfast.console.client;
