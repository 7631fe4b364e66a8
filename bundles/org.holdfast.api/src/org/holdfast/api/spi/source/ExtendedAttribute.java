package org.holdfast.api.spi.source;

/**
 * One extended attribute. POSIX ACLs and capabilities are the attributes {@code system.posix_acl_access},
 * {@code system.posix_acl_default} and {@code security.capability}, kept as the kernel hands them out.
 *
 * @param name full name with name space, as bytes
 * @param value the value; not copied
 */
public record ExtendedAttribute(byte[] name, byte[] value) {
}
