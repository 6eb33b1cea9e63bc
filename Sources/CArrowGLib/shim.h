// What includes the headers is in CArrowShim; this module only brings the flags that pkg-config knows.
