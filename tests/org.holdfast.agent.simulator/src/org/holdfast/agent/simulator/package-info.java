/**
 * Thousands of agents in one process, for measurements of a vault node: they enrol with certificate requests, wait in
 * long polls over mutual TLS, take commands, report jobs and commit recovery points, each on connections of its own.
 * What they do not do is read files: a job lasts as long as it is told to. Started by {@code ./holdfast bench fleet}.
 */
@Version("1.0.0")
package org.holdfast.agent.simulator;

import org.osgi.annotation.versioning.Version;
