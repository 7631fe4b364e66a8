/** How the client does it: certificates, addresses, retries, streams of events. */
package org.holdfast.client.internal;
