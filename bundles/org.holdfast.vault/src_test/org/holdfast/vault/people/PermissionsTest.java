package org.holdfast.vault.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

class PermissionsTest {

    @Test
    void everyConstantIsInTheTable() throws IllegalAccessException {
        Set<String> constants = new TreeSet<>();
        for (Field field : Permissions.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && field.getType() == String.class) {
                constants.add((String) field.get(null));
            }
        }
        assertEquals(constants, Permissions.table().keySet());
    }

    @Test
    void rolesIncludeEachOther() {
        assertTrue(Permissions.of(Set.of(Role.OPERATOR)).containsAll(Permissions.of(Set.of(Role.READER))));
        assertTrue(Permissions.of(Set.of(Role.ADMINISTRATOR)).containsAll(Permissions.of(Set.of(Role.OPERATOR))));
        assertTrue(Permissions.of(Set.of(Role.SECURITY_OFFICER)).containsAll(Permissions.of(Set.of(Role.READER))));
        assertFalse(Permissions.allows(Set.of(Role.ADMINISTRATOR), Permissions.APPROVE));
        assertFalse(Permissions.allows(Set.of(Role.SECURITY_OFFICER), Permissions.VAULT_MANAGE));
        assertFalse(Permissions.allows(Set.of(Role.OPERATOR), Permissions.USER_READ));
    }

    @Test
    void readersChangeNothing() {
        assertEquals(List.of(), Permissions.of(Set.of(Role.READER)).stream()
                .filter(permission -> !permission.endsWith(".read")).toList());
    }

    @Test
    void nobodyHasWhatDoesNotExist() {
        assertFalse(Permissions.allows(Set.of(Role.values()), "everything"));
        assertFalse(Permissions.exists("everything"));
        assertEquals(List.of(), Permissions.of(Set.of()));
    }
}
