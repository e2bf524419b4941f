"""The few windows that stand before the main one."""
