-- One spelling in all names of the contracts.
UPDATE access_role_permissions SET permission = 'awards.initiatives.recognise'
WHERE permission = 'awards.initiatives.recognize';
