"""Every read a screen or report needs, as frozen rows."""
