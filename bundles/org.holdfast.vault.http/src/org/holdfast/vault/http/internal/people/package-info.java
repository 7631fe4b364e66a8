/** People over HTTP: signing in, accounts, audit, vault credentials, and the registration of servers. */
package org.holdfast.vault.http.internal.people;
