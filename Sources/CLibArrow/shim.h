// The headers are C++; this module only brings the flags that pkg-config knows.
