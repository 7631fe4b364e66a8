/** Running jobs: backup and restore through the engine, with pause, cancel, hooks and reports. */
package org.holdfast.agent.internal.jobs;
