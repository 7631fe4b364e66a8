/** Commands that talk to a vault server: sign in, administer the fleet, start jobs and watch them. */
package org.holdfast.cli.internal.fleet;
